import type { Shift, ShiftFault, ShiftPerson } from '@haidang/contracts/shift'
import type { Tx } from '@haidang/runtime/database/database'
import type { Names } from '../../names.ts'
import { peopleOf, type RosterFault } from './shift.ts'
import type { ShiftRow } from './shift-tables.ts'

/** Shifts with the names of those who stand them, as far as the asker may know them. */
export class ShiftView {
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  async shifts(tx: Tx, rows: readonly ShiftRow[]): Promise<Shift[]> {
    const people = await this.people(tx, rows.flatMap(peopleOf))
    const organisations = await this.#names.organisations(
      tx,
      rows.map(({ organisation_id }) => organisation_id),
    )
    return rows.map(({ officer_id, member_ids, ...row }) => ({
      ...row,
      organisation_name: organisations.get(row.organisation_id) ?? '',
      officer: officer_id === null ? null : people(officer_id),
      members: member_ids.map(people),
    }))
  }

  async faults(tx: Tx, faults: readonly RosterFault[]): Promise<ShiftFault[]> {
    const people = await this.people(
      tx,
      faults.flatMap(({ person_id }) => person_id ?? []),
    )
    return faults.map(({ person_id, shift_ids, ...fault }) => ({
      ...fault,
      shift_ids: [...shift_ids],
      person: person_id === null ? null : people(person_id),
    }))
  }

  /** People by id; one who has no name for the asker is shown by none. */
  async people(tx: Tx, ids: readonly string[]): Promise<(id: string) => ShiftPerson> {
    const names = await this.#names.people(tx, ids)
    return (id) => ({ id, name: names.get(id) ?? '' })
  }
}
