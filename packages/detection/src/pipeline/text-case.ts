/** Ways of writing a name or a text. */
export const caseMethods = ['lower', 'upper', 'title', 'snake_case'] as const
export type CaseMethod = (typeof caseMethods)[number]

/** The text written in the given way: `ParentImage` is `parentimage`, `PARENTIMAGE`, `Parentimage`, `parent_image`. */
export function inCase(text: string, method: CaseMethod): string {
  switch (method) {
    case 'lower':
      return text.toLowerCase()
    case 'upper':
      return text.toUpperCase()
    case 'title':
      return text
        .toLowerCase()
        .replace(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())
    case 'snake_case':
      return text
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .replace(/[-\s]+/g, '_')
        .toLowerCase()
  }
}
