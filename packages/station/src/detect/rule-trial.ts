import type { Logsource } from '@haidang/contracts/event'
import { RecordFormat } from '@haidang/contracts/record-format'
import { wholeAlert } from '@haidang/contracts/written-alert'
import type { RuleTexts } from '@haidang/detection/sigma/rule-texts'
import type { Clock } from '@haidang/runtime/clock'
import { derivedId } from '@haidang/runtime/ids'
import type { Log } from '@haidang/runtime/log'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { printOrigin } from '../collect/origin.ts'
import type { LineContext, LineSource } from '../line.ts'
import { ThreadDied } from './examine-thread.ts'
import { createExaminer, type ExplainingExaminer } from './examiner.ts'
import type { RecordMiss } from './explain-records.ts'
import { alertsOf } from './observed.ts'
import { TrialCorrelations } from './trial-correlations.ts'

/** A record as a source sent it. */
interface TrialRecord {
  readonly text: string
  /** A format of sources; any other word is read as `auto`. */
  readonly format: string
  readonly logsource: Logsource
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
}

const nodeId = 'trial'
const patience = 15_000
const encoder = new TextEncoder()

/**
 * Rules in force for nobody, tried on records in a thread of their own exactly as the line examines them:
 * what parses, normalises, matches and correlates here does so there. A record that kills the thread is unreadable.
 */
export class RuleTrial {
  readonly #examiner: ExplainingExaminer
  readonly #clock: Clock
  readonly #correlations = new TrialCorrelations()

  /** Compiles the rules. Throws if the thread cannot start, or a pipeline cannot be used. */
  static async open(
    parts: { readonly clock: Clock; readonly log: Log },
    rules: RuleTexts,
  ): Promise<RuleTrial> {
    const examiner = createExaminer({ ...parts, size: 1, patience })
    try {
      await examiner.load(rules, [])
    } catch (error) {
      await examiner.close()
      throw error
    }
    return new RuleTrial(examiner, parts.clock)
  }

  private constructor(examiner: ExplainingExaminer, clock: Clock) {
    this.#examiner = examiner
    this.#clock = clock
  }

  /** Where rules and correlations fired, and which records could not be read, by place in the batch. */
  async examine(records: readonly TrialRecord[]) {
    const examined = await this.#examiner.examine(records.map(spoolRecord), contextOf(records))
    const found = this.#correlations.observe(examined)
    const completed = alertsOf(found, examined.rows, nodeId, this.#clock.iso())
    const fired = examined.alerts.filter(({ head }) => head.detector === 'sigma').map(wholeAlert)
    const places = new Map(
      records.map(({ receivedAt }, i) => [derivedId('event', receivedAt, nodeId, 0, i), i]),
    )
    return {
      hits: [...fired, ...completed].map(({ event_id, rule, time, matches }) => ({
        index: places.get(event_id) ?? 0,
        rule,
        time,
        matches,
      })),
      unreadable: examined.rejects.map(({ position, reason, detail }) => ({
        index: position.offset,
        reason: `${reason}: ${detail}`,
      })),
    }
  }

  /** Why rules do not fire on records, by place in the batch; nothing where a record ends the thread. */
  async explain(records: readonly TrialRecord[]): Promise<readonly RecordMiss[]> {
    try {
      return await this.#examiner.explain(records.map(spoolRecord), contextOf(records))
    } catch (error) {
      if (error instanceof ThreadDied) return []
      throw error
    }
  }

  close(): Promise<void> {
    return this.#examiner.close()
  }
}

function spoolRecord(record: TrialRecord, offset: number): SpoolRecord {
  return {
    position: { segment: 0, offset },
    origin: printOrigin({ sourceId: sourceIdOf(record), sender: '' }),
    key: undefined,
    receivedAt: record.receivedAt,
    body: encoder.encode(record.text),
  }
}

function contextOf(records: readonly TrialRecord[]): LineContext {
  const sources = new Map<string, LineSource>()
  for (const record of records) {
    const id = sourceIdOf(record)
    if (sources.has(id)) continue
    const format = RecordFormat.safeParse(record.format).data ?? 'auto'
    const { logsource } = record
    const zone = 'Asia/Ho_Chi_Minh'
    sources.set(id, {
      id,
      name: id,
      collector: 'json-lines',
      format,
      zone,
      logsource,
      tlp: 'amber',
    })
  }
  return { organisation_id: nodeId, node_id: nodeId, simulated: true, sources }
}

/** Records of one format and log source belong to one source. */
function sourceIdOf({ format, logsource: { product, category, service } }: TrialRecord): string {
  const words = [format, product, category, service].map((word) => encodeURIComponent(word ?? ''))
  return words.join('/').slice(0, 100)
}
