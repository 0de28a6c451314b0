import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { createExaminer, type Examiner } from '@haidang/station/detect/examiner'
import { documents } from '../packages/station/tests/hostile/whole-way.ts'
import { type Figure, median } from './figure.ts'

const runs = 3
const perRange = 256
const context = {
  organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
  node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
  simulated: false,
  sources: new Map(),
}

/** The longest a range waits while all rules of a station change under load, beside what one takes at other times. */
export async function* figures(): AsyncGenerator<Figure> {
  const rules = documents()
  const examiner = createExaminer({ clock: systemClock, log: silentLog, size: 2 })
  try {
    await examiner.load({ documents: rules, pipelines: [] }, [])
    const ordinary = await whileBusy(examiner, 40)
    const longest: number[] = []
    for (let run = 0; run < runs; run++) {
      const more = { path: `more-${run}.yml`, text: rules[0]?.text ?? '' }
      const loading = examiner.load({ documents: [...rules, more], pipelines: [] }, [])
      longest.push(Math.max(...(await whileBusy(examiner, 1, loading))))
    }
    yield {
      name: 'reload.longest_pause_ms',
      value: Math.round(median(longest)),
      unit: `ms, ${perRange} records of two threads while ${rules.length} files of rules change`,
      median_of: runs,
      beside: { name: 'at other times', value: Math.round(median(ordinary)) },
    }
  } finally {
    await examiner.close()
  }
}

/** Milliseconds of each of so many ranges one after the other, and of all until something has come about. */
async function whileBusy(examiner: Examiner, least: number, until?: Promise<unknown>) {
  const times: number[] = []
  let waiting = until !== undefined
  const over = until?.finally(() => {
    waiting = false
  })
  while (waiting || times.length < least) {
    const begun = performance.now()
    await examiner.examine(range(times.length), context)
    times.push(performance.now() - begun)
  }
  await over
  return times
}

function range(number: number): SpoolRecord[] {
  return Array.from({ length: perRange }, (_, i) => ({
    position: { segment: number, offset: i },
    origin: 'src_0192f0c1-0000-7000-8000-000000000001 192.0.2.9',
    key: undefined,
    receivedAt: 1_767_580_200_000,
    body: Buffer.from(
      JSON.stringify({
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Image: `C:\\Program Files\\app-${i % 50}\\app.exe`,
        CommandLine: `app.exe --number ${number} ${i}`,
      }),
    ),
  }))
}
