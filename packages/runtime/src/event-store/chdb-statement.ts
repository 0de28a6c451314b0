import type { EngineSession } from './chdb-sessions.ts'
import { quoted } from './statement-text.ts'

/** One statement as the HTTP interface of ClickHouse receives it. */
export interface Statement {
  readonly sql: string
  readonly settings: ReadonlyMap<string, string>
  /** Values of `{name:Type}` placeholders, in the text form of ClickHouse. */
  readonly parameters: ReadonlyMap<string, string>
}

/** A refusal in the words of ClickHouse: `Code: N. DB::Exception: … (NAME)`. */
export class ClickhouseRefusal extends Error {
  override readonly name = 'ClickhouseRefusal'

  constructor(code: number, name: string, message: string) {
    super(`Code: ${code}. DB::Exception: ${message}. (${name})`)
  }
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/
const insertForm =
  /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?([A-Za-z0-9_.]+)\s*(?:\(([A-Za-z0-9_,\s]*)\))?\s*FORMAT\s+([A-Za-z]+)\s*;?\s*$/i

/** An insert whose rows come in the body of the request. */
export interface Insert {
  readonly table: string
  readonly columns: readonly string[] | undefined
  readonly format: string
}

/** Undefined: another statement. */
export function readInsert(sql: string): Insert | undefined {
  const match = insertForm.exec(sql)
  if (!match?.[1] || !match[3]) return undefined
  const columns = match[2]?.split(',').map((column) => column.trim())
  return { table: match[1], columns, format: match[3] }
}

/** A body is longer than is taken. */
export function tooManyBytes(limit: number): ClickhouseRefusal {
  return new ClickhouseRefusal(307, 'TOO_MANY_BYTES', `A body has at most ${limit} bytes`)
}

/** Whether a statement only reads, and can therefore be streamed and cancelled. */
export function isSelect(sql: string): boolean {
  return /^[\s(]*(?:SELECT|WITH)\b/i.test(sql)
}

/** Whether the rows of a SELECT are to come as one Parquet file. */
export function asksParquet(sql: string): boolean {
  return isSelect(sql) && /\bFORMAT Parquet;?$/.test(sql.trimEnd())
}

/**
 * Brings the connection to the settings and parameters of the statement, with as few statements of its
 * own as possible. Settings not named go back to `defaults`. Throws ClickhouseRefusal for a bad name.
 */
export async function prepare(
  held: EngineSession,
  statement: Statement,
  defaults: Readonly<Record<string, string>>,
): Promise<void> {
  const wanted = new Map([...Object.entries(defaults), ...statement.settings])
  const changes: string[] = []
  for (const [name, value] of wanted)
    if (held.settings.get(name) !== value) changes.push(`${checked(name)} = ${quoted(value)}`)
  for (const name of held.settings.keys())
    if (!wanted.has(name)) changes.push(`${checked(name)} = DEFAULT`)
  for (const [name, value] of statement.parameters)
    changes.push(`param_${checked(name)} = ${quoted(value)}`)
  refuseStale(held, statement)
  if (changes.length === 0) return
  // The engine checks all of them before it takes any, so a refusal leaves the connection as it was.
  await held.session.queryAsync(`SET ${changes.join(', ')}`)
  held.settings.clear()
  for (const [name, value] of wanted) held.settings.set(name, value)
  for (const name of statement.parameters.keys()) held.parameters.add(name)
}

/** A placeholder without a value must not meet the value of an earlier statement. */
function refuseStale(held: EngineSession, statement: Statement): void {
  for (const [, name = ''] of statement.sql.matchAll(/\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*:/g))
    if (held.parameters.has(name) && !statement.parameters.has(name))
      throw new ClickhouseRefusal(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution ${name} is not set`)
}

/** Throws ClickhouseRefusal for a name that cannot be one of a setting. */
export function checked(name: string): string {
  if (!identifier.test(name))
    throw new ClickhouseRefusal(115, 'UNKNOWN_SETTING', 'A setting has an impossible name')
  return name
}
