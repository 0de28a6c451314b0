/** Where a command reads and writes; tests pass their own. */
export interface CommandIo {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Data directory unless `--data` names another: HAIDANG_DATA, else `.data`. */
  readonly dataDirectory: string
  /** The environment, read once by main.ts. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** A call that cannot be carried out as written: exit code 2. */
export class WrongCall extends Error {
  override readonly name = 'WrongCall'
}

/** Prints rows as JSON lines or as an aligned table of the columns named. */
export function printRows(
  io: CommandIo,
  rows: readonly object[],
  columns: readonly string[],
  json: boolean,
): void {
  if (json) {
    for (const row of rows) io.out(JSON.stringify(row))
    return
  }
  const cells = rows.map((row) => columns.map((column) => cellOf(row, column)))
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...cells.map((row) => row[i]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  io.out(line(columns))
  for (const row of cells) io.out(line(row))
  if (rows.length === 0) io.out('(none)')
}

function cellOf(row: object, column: string): string {
  const value: unknown = Object.entries(row).find(([key]) => key === column)?.[1]
  if (value === null || value === undefined) return '-'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
