declare module '@secvisogram/csaf-validator-lib/schemaTests.js' {
  export const csaf_2_0: unknown
}
declare module '@secvisogram/csaf-validator-lib/mandatoryTests.js' {
  export const mandatoryTest_6_1_1: unknown
}
declare module '@secvisogram/csaf-validator-lib/validate.js' {
  function validate(
    tests: readonly unknown[],
    document: object,
  ): Promise<{
    readonly tests: readonly { readonly name: string; readonly errors: readonly object[] }[]
  }>
  export = validate
}
