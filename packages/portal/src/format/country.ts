import type { Language } from '@haidang/contracts/person'

/** The name of a country (ISO 3166-1 alpha-2) in a language; the code itself where it names none. */
export function countryName(code: string, language: Language): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code
}
