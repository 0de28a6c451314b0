/** Zones of Vietnam, the only country whose holidays are known here. */
const vietnam = new Set(['Asia/Ho_Chi_Minh', 'Asia/Saigon'])

/**
 * Days off of every year, month and day. Labour Code 45/2019/QH14, article 112: 1 January, 30 April, 1 May,
 * 2 September and the day before or after it. Resolution 80-NQ/TW of 7 January 2026: 24 November.
 */
const fixed = ['01-01', '04-30', '05-01', '09-01', '09-02', '09-03', '11-24']
/** Article 112: five days at Tết, of which one or two are of the old year. Counted from the first of the new. */
const tet = [-2, -1, 0, 1, 2, 3]

const years = new Map<number, ReadonlySet<string>>()
const mostYears = 50

/**
 * Whether offices are closed on a date (`2027-02-08`) in an IANA zone. Of what each year’s notice may choose, both
 * ways are taken; working days it moves beyond that are not known. False in countries other than Vietnam.
 */
export function isPublicHoliday(date: string, zone: string): boolean {
  if (!vietnam.has(zone)) return false
  const year = Number(date.slice(0, 4))
  const known = years.get(year) ?? daysOff(year)
  if (years.size >= mostYears) years.clear()
  years.set(year, known)
  return known.has(date)
}

function daysOff(year: number): ReadonlySet<string> {
  const days = new Set(fixed.map((day) => `${year}-${day}`))
  const first = lunarDate(year, 1, 1)
  for (const one of tet) days.add(first.add({ days: one }).toString())
  days.add(lunarDate(year, 3, 10).toString())
  // Article 111, paragraph 3: for a holiday on a weekly day off the next working day is off.
  for (const day of [...days].sort()) {
    if (isWeekend(Temporal.PlainDate.from(day))) days.add(nextWorkingDay(day, days))
  }
  return days
}

/**
 * The lunar calendar is reckoned for Beijing, an hour east of Hanoi: in 2030 and 2053 Tết falls a day earlier than this
 * says, which the days off around it allow for.
 */
function lunarDate(year: number, month: number, day: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({
    ...{ calendar: 'chinese', year, day },
    monthCode: `M${String(month).padStart(2, '0')}`,
  }).withCalendar('iso8601')
}

function nextWorkingDay(date: string, off: ReadonlySet<string>): string {
  let day = Temporal.PlainDate.from(date)
  do day = day.add({ days: 1 })
  while (isWeekend(day) || off.has(day.toString()))
  return day.toString()
}

function isWeekend({ dayOfWeek }: Temporal.PlainDate): boolean {
  return dayOfWeek > 5
}
