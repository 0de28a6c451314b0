import type { AdvisoryDraftLine } from '@haidang/contracts/advisory'
import type { DraftLineRow } from './draft-store.ts'

/** A draft as lists show it. */
export function lineOf(row: Omit<DraftLineRow, 'folded'>): AdvisoryDraftLine {
  const { id, number, published_version, revision, stage, content, addressee_count } = row
  const { change_note, author_name, reviewer_name, review_note, created_at, updated_at } = row
  return {
    id,
    number,
    published_version,
    revision,
    stage,
    content,
    addressee_count,
    change_note,
    author_name,
    reviewer_name,
    review_note,
    created_at,
    updated_at,
  }
}
