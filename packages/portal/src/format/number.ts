import type { Language } from '@haidang/contracts/person'

/** `1.234,5` in Vietnamese, `1,234.5` in English. */
export function number(value: number, language: Language, fractionDigits = 0): string {
  return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    maximumFractionDigits: fractionDigits,
  }).format(value)
}

/**
 * A number as somebody wrote it in their language, grouped by threes or not; NaN where it is none: `2.5` is
 * not read as 25 in Vietnamese, nor `2,5` in English.
 */
export function numberIn(written: string, language: Language): number {
  const plain = written.replaceAll(/\s/g, '')
  const shape =
    language === 'vi'
      ? /^(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/
      : /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/
  if (!shape.test(plain)) return Number.NaN
  const [group, point] = language === 'vi' ? ['.', ','] : [',', '.']
  return Number(plain.replaceAll(group, '').replace(point, '.'))
}

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** `1,2 GB`: bytes in decimal units. */
export function bytes(value: number, language: Language): string {
  let rest = value
  let step = 0
  while (rest >= 1000 && step < units.length - 1) {
    rest /= 1000
    step++
  }
  return `${number(rest, language, rest < 10 && step > 0 ? 1 : 0)} ${units[step]}`
}

/** `×9,1k`: a count short enough for a table cell. */
export function compactCount(value: number, language: Language): string {
  if (value < 10_000) return number(value, language)
  return value < 1_000_000
    ? `${number(value / 1000, language, value < 100_000 ? 1 : 0)}k`
    : `${number(value / 1_000_000, language, 1)}M`
}

/** Names in Vietnamese order: An, Ăn, Âu, Bắc, Dak, Đà. */
export function byName(a: string, b: string): number {
  return new Intl.Collator('vi').compare(a, b)
}
