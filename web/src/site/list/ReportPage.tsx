import type { PublicPage, ReportPage as Page, SentPage as Sent } from '@tongyu/domain';
import { MAX_REPORT_LENGTH } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Notice } from '../../kit/Notice.tsx';
import { Facts } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { cityText } from '../../kit/service-text.ts';
import { address } from '../address.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { ListFrame } from './frame.tsx';
import { listPageWords } from './words.ts';

/** Says that something is wrong, or that a service is missing. It asks for nothing else. */
export function ReportPage(props: { readonly page: Page }) {
  const say = useSay();
  const language = useLanguage();
  const { page } = props;
  const { entry, refusal, kind } = page;
  return (
    <ListFrame
      page={page}
      here={{ path: '/report', query: { entry: entry?.id ?? null } }}
      title={say(listPageWords.report)}
      lead={say(listPageWords.reportLead)}
      city={entry?.id.slice(0, 4)}
    >
      {refusal === null ? null : (
        <Notice kind="danger" title={say(listPageWords.notSent)} live>
          <a class="link-target" href="#text">
            {say(listPageWords[refusal])}
          </a>
        </Notice>
      )}
      <form class="stack" method="post" action={address('/report', language)}>
        {entry === null ? (
          <ChoiceField
            name="city"
            label={say(listPageWords.aboutCity)}
            value={page.city}
            all={say(listPageWords.noCity)}
            options={page.cities.map((party) => [party, cityText(language, party)])}
          />
        ) : (
          <>
            <input type="hidden" name="entry" value={entry.id} />
            <Facts rows={[[say(listPageWords.about), <ListText text={entry.name} />]]} />
          </>
        )}
        <fieldset>
          <legend>{say(listPageWords.kind)}</legend>
          <div class="choices">
            {(['error', 'wish'] as const).map((each) => (
              <label class="choice" key={each}>
                <input type="radio" name="kind" value={each} checked={each === kind} />
                {say(listPageWords[each])}
              </label>
            ))}
          </div>
        </fieldset>
        <TextField text={page.text} isWrong={refusal?.startsWith('TEXT') === true} />
        <div class="row">
          <button class="button primary" type="submit">
            {say(listPageWords.send)}
          </button>
        </div>
      </form>
    </ListFrame>
  );
}

function TextField(props: { readonly text: string; readonly isWrong: boolean }) {
  const say = useSay();
  return (
    <div class="field">
      <label for="text">{say(listPageWords.text)}</label>
      <span class="hint" id="text-hint">
        {say(listPageWords.textHint)}
      </span>
      <textarea
        id="text"
        name="text"
        rows={8}
        maxLength={MAX_REPORT_LENGTH}
        required
        aria-describedby="text-hint"
        {...(props.isWrong ? { 'aria-invalid': true } : {})}
      >
        {props.text}
      </textarea>
    </div>
  );
}

export function SentPage(props: { readonly page: Sent }) {
  const say = useSay();
  const { page } = props;
  return (
    <ListFrame
      page={page}
      here={{ path: `/report/sent/${page.reference}` }}
      title={say(listPageWords.thanks)}
      lead={say(listPageWords.next)}
    >
      <Facts rows={[[say(listPageWords.reference), <span class="code">{page.reference}</span>]]} />
      <BackToList />
    </ListFrame>
  );
}

/** Nothing at this address: said as a page, in the reader's language. */
export function MissingPage(props: { readonly page: PublicPage; readonly path: string }) {
  const say = useSay();
  return (
    <ListFrame
      page={props.page}
      here={{ path: props.path }}
      title={say(listPageWords.missingTitle)}
      lead={say(listPageWords.missingLead)}
    >
      <BackToList />
    </ListFrame>
  );
}

function BackToList() {
  const say = useSay();
  return (
    <p>
      <a class="button" href={address('/list', useLanguage())}>
        {say(listPageWords.backToList)}
      </a>
    </p>
  );
}
