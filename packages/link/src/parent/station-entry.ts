import type { Scope, Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import type { StationRow } from '../station-tables.ts'

/** Journals a fact about a station, with what it was after it. */
export async function stationEntry(
  tx: Tx,
  journal: Journal,
  actor: Scope['actor'],
  type: EntryDraft['type'],
  row: StationRow,
  reason: string,
): Promise<void> {
  const { id, organisation_id, node_id, name, fingerprint, state, certificate_expires_at } = row
  await journal.append(tx, {
    type,
    organisation_id,
    actor,
    authority: 'station.manage',
    subject: id,
    reason,
    after: { node_id, name, fingerprint, state, certificate_expires_at },
  })
}
