// Tables of the package as it ships them: "漢 汉|鐵 铁|…". It declares no types for them.
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  export { pairs as default };
}
declare module 'opencc-js/dict/TWVariantsRev' {
  const pairs: string;
  export { pairs as default };
}
declare module 'opencc-js/dict/HKVariantsRev' {
  const pairs: string;
  export { pairs as default };
}
