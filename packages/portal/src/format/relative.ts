import type { Language } from '@haidang/contracts/person'

const steps: readonly [
  limit: number,
  seconds: number,
  unit: 'second' | 'minute' | 'hour' | 'day',
][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [Number.POSITIVE_INFINITY, 86_400, 'day'],
]
const words = {
  vi: { second: 'giây', minute: 'phút', hour: 'giờ', day: 'ngày' },
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
}

function unitOf(seconds: number): { count: number; unit: 'second' | 'minute' | 'hour' | 'day' } {
  const [, size, unit] = steps.find(([limit]) => seconds < limit) ?? [0, 86_400, 'day' as const]
  return { count: Math.floor(seconds / size), unit }
}

/** `5 phút`, `2 giờ`: a stretch of time in its largest whole unit. Takes seconds. */
export function duration(seconds: number, language: Language): string {
  const { count, unit } = unitOf(Math.abs(seconds))
  return `${count} ${words[language][unit]}`
}

/** `5 phút trước`, `còn 2 giờ`; within ten seconds, `vừa xong`. */
export function relative(instant: string, now: number, language: Language): string {
  const seconds = (Date.parse(instant) - now) / 1000
  if (Number.isNaN(seconds)) return instant
  if (Math.abs(seconds) < 10) return language === 'vi' ? 'vừa xong' : 'just now'
  const span = duration(seconds, language)
  if (seconds > 0) return language === 'vi' ? `còn ${span}` : `in ${span}`
  return language === 'vi' ? `${span} trước` : `${span} ago`
}
