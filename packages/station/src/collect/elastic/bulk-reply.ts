import type { BulkOperation } from './bulk-operations.ts'

interface BulkItem {
  readonly _index: string
  readonly _id: string | null
  readonly status: number
  readonly [more: string]: unknown
}

export interface BulkReply {
  readonly took: number
  readonly errors: boolean
  readonly items: readonly Record<string, BulkItem>[]
}

/**
 * What a `_bulk` request is answered, item by item in its order. 201: taken in. For an `_id` known already:
 * 409 to `create`, 200 `noop` to `index`. 400 to `update` and `delete`: what was observed stays. `idOf`
 * names what came without `_id`.
 */
export function bulkReply(
  operations: readonly BulkOperation[],
  isNew: (at: number) => boolean,
  idOf: (at: number) => string,
): BulkReply {
  const items = operations.map((operation, at) => ({
    [operation.act]: itemOf(operation, isNew(at), idOf(at)),
  }))
  const errors = items.some((item) => Object.values(item).some(({ status }) => status >= 400))
  return { took: 0, errors, items }
}

function itemOf(operation: BulkOperation, isNew: boolean, freshId: string): BulkItem {
  const { act, index: _index, id } = operation
  const written = {
    _version: 1,
    _shards: { total: 1, successful: 1, failed: 0 },
    _seq_no: 0,
    _primary_term: 1,
  }
  if (act === 'update' || act === 'delete') {
    const reason = `only write ops with an op_type of create are allowed here, not ${act}`
    return refused(operation, 400, 'illegal_argument_exception', reason)
  }
  if (isNew) return { _index, _id: id ?? freshId, ...written, result: 'created', status: 201 }
  if (act === 'index') return { _index, _id: id ?? null, ...written, result: 'noop', status: 200 }
  const reason = `[${id}]: version conflict, document already exists (current version [1])`
  return refused(operation, 409, 'version_conflict_engine_exception', reason)
}

function refused(
  { index: _index, id }: BulkOperation,
  status: number,
  type: string,
  reason: string,
): BulkItem {
  return { _index, _id: id ?? null, status, error: { type, reason, index: _index } }
}
