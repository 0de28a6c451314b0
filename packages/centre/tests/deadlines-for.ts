import { join } from 'node:path'
import type { DeadlineRecipient } from '@haidang/contracts/deadline'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { readContents } from '../src/content-file.ts'
import { ClockService } from '../src/modules/deadlines/clock-service.ts'
import { DeadlineService } from '../src/modules/deadlines/deadline-service.ts'
import { DeadlineStore } from '../src/modules/deadlines/deadline-store.ts'
import { DeadlineView } from '../src/modules/deadlines/deadline-view.ts'
import { EscalationRules } from '../src/modules/deadlines/escalation.ts'
import { EscalationService } from '../src/modules/deadlines/escalation-service.ts'
import { RegulationBook } from '../src/modules/settings/regulation-book.ts'
import { RegulationStore } from '../src/modules/settings/regulation-store.ts'
import type { Names } from '../src/names.ts'
import { loadRegulations } from '../src/regulation-files.ts'

interface Parts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
}

const content = join(import.meta.dirname, '../../../content')

/** Deadlines by the shipped regulations and chains; who is told is one person for each recipient. */
export async function deadlinesFor(parts: Parts) {
  const regulations = new RegulationStore()
  const book = new RegulationBook(regulations, await loadRegulations(join(content, 'regulations')))
  const escalation = await readContents(join(content, 'escalation'), EscalationRules)
  const kept = { ...parts, store: new DeadlineStore(), reckoner: book }
  const clocks = new ClockService({ ...kept, escalation })
  const deadlines = new DeadlineService({ ...kept, clocks, view: new DeadlineView(parts.names) })
  const toldOf = async (_: Tx, __: object, tell: readonly DeadlineRecipient[]) =>
    tell.map((recipient) => ({ recipient, organisation_id: null, people: [`usr_${recipient}`] }))
  const steps = new EscalationService({ ...kept, clocks, toldOf })
  return { book, regulations, clocks, deadlines, steps }
}
