import type { Language } from '@haidang/contracts/person'

type Unit = 'W' | 'D' | 'H' | 'M' | 'S'
const vietnamese: Record<Unit, string> = { W: 'tuần', D: 'ngày', H: 'giờ', M: 'phút', S: 'giây' }
const english: Record<Unit, string> = { W: 'week', D: 'day', H: 'hour', M: 'minute', S: 'second' }

/** `5 ngày`, `1 hour 30 minutes`: an ISO 8601 duration of weeks to seconds, whole; of none at all, `ngay`. */
export function isoDuration(duration: string, language: Language): string {
  const parts = [...duration.matchAll(/(\d+)([WDHMS])/g)].filter(([, count]) => Number(count) > 0)
  if (parts.length === 0) return language === 'vi' ? 'ngay' : 'at once'
  return parts
    .map(([, count, unit]) => {
      const word = (language === 'vi' ? vietnamese : english)[unit as Unit]
      return `${Number(count)} ${word}${language === 'en' && Number(count) !== 1 ? 's' : ''}`
    })
    .join(' ')
}
