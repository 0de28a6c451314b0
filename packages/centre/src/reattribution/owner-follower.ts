import type { JournalEntry } from '@haidang/contracts/journal'
import type { Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import type { ReattributionService } from './reattribution-service.ts'

/** Says of new alerts and incidents whose they are, after the journal has told of them: no sender waits for it. */
export class OwnerFollower implements JournalReader {
  readonly name = 'owners'
  readonly types = ['alerts.recorded', 'incident.opened', 'incident.clusters-attached'] as const
  readonly #anew: ReattributionService

  constructor(anew: ReattributionService) {
    this.#anew = anew
  }

  async handle(tx: Tx, { type, subject, related }: JournalEntry): Promise<void> {
    if (type === 'alerts.recorded') await this.#anew.attributeNew(tx, related)
    else await this.#anew.attributeIncident(tx, subject)
  }
}
