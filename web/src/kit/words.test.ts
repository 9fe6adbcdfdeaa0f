import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { languages } from './language.ts';
import type { Message } from './messages.ts';

type Found = { readonly place: string; readonly message: Message };

const sources = join(import.meta.dirname, '..');
const files = globSync('**/{words,*-words,parties}.ts', { cwd: sources }).sort();

async function readMessages(): Promise<Found[]> {
  const found: Found[] = [];
  for (const file of files) {
    const module = (await import(pathToFileURL(join(sources, file)).href)) as object;
    for (const [name, table] of Object.entries(module)) {
      if (typeof table !== 'object' || table === null) continue;
      for (const [key, message] of Object.entries(table as object)) {
        if (isMessage(message)) found.push({ place: `${file} ${name}.${key}`, message });
      }
    }
  }
  return found;
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'zh-CN' in value;
}

function formsOf({ message }: Found): string[] {
  const { en } = message;
  return [
    message['zh-CN'],
    message['zh-TW'],
    ...(typeof en === 'string' ? [en] : [en.one, en.other]),
  ];
}

function namesIn(text: string): string {
  return [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join();
}

test('every message has words in all three languages', async () => {
  const messages = await readMessages();
  assert.ok(messages.length > 150, `only ${String(messages.length)} found`);
  for (const found of messages) {
    assert.deepEqual(Object.keys(found.message).sort(), [...languages].sort(), found.place);
    for (const form of formsOf(found)) assert.notEqual(form.trim(), '', found.place);
  }
});

test('every language of a message asks for the same values', async () => {
  for (const found of await readMessages()) {
    const [first, ...others] = formsOf(found).map(namesIn);
    for (const other of others) assert.equal(other, first, found.place);
  }
});

test('zh-TW is written in traditional characters and its own terms', async () => {
  const simplified = /[们这码网络钥证签闸没还会认记终营运现场复说读闭务选据发关开长汉黄]/;
  const mainland = /短信|網絡|二維碼|默認|鏈接|登錄|信息(?!技術)|軟件|視頻/;
  for (const { place, message } of await readMessages()) {
    assert.doesNotMatch(message['zh-TW'], mainland, place);
    assert.doesNotMatch(message['zh-TW'], simplified, place);
  }
});

test('English words hold no Chinese characters', async () => {
  for (const { place, message } of await readMessages()) {
    const forms =
      typeof message.en === 'string' ? [message.en] : [message.en.one, message.en.other];
    for (const form of forms) assert.doesNotMatch(form, /\p{Script=Han}/u, place);
  }
});
