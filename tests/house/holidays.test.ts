import { join } from 'node:path'
import { loadRegulations } from '@haidang/centre/regulation-files'
import { WorkingTime } from '@haidang/contracts/working-time'
import { isPublicHoliday } from '@haidang/station/expect/public-holidays'
import { expect, test } from 'vitest'

const content = join(import.meta.dirname, '../../content/regulations')

// The station reckons days off of any year by the articles; the profile is what people check and correct.
test('offices are closed on the same days for deadlines as for what a source is expected to send', async () => {
  const labour = (await loadRegulations(content)).get('vn-labour')
  if (!labour) throw new Error('vn-labour is not shipped')
  const time = new WorkingTime([labour])
  const differing: string[] = []
  for (const year of labour.calendar_years) {
    let date = Temporal.PlainDate.from({ year, month: 1, day: 1 })
    for (; date.year === year; date = date.add({ days: 1 })) {
      const closed = date.dayOfWeek > 5 || isPublicHoliday(date.toString(), 'Asia/Ho_Chi_Minh')
      if (closed === time.isWorkingDay(date.toString())) differing.push(date.toString())
    }
  }
  // The day of culture is one since 2026; the station looks back a few weeks only.
  expect(differing).toEqual(['2025-11-24'])
})
