/** A line, and what the file it stands in says of its columns. */
export interface HeadedLine {
  /** Lines of the head, in their order; empty where none came along. */
  readonly head: readonly string[]
  /** Empty where the record is a line of the head itself. */
  readonly line: string
}

const longestHead = 16

/**
 * Takes the head off a record. What collects a file whose columns are named in lines beginning with `#`
 * (W3C extended log files, Zeek, Exchange) puts those in force before each line, each ended by a line feed:
 * so a record says all there is, is read again the same after a restart, and needs no memory here.
 */
export function readHeadedLine(text: string): HeadedLine {
  const head: string[] = []
  let rest = text
  while (rest.startsWith('#') && head.length < longestHead) {
    const end = rest.indexOf('\n')
    head.push((end < 0 ? rest : rest.slice(0, end)).replace(/\r$/, ''))
    rest = end < 0 ? '' : rest.slice(end + 1)
  }
  return { head, line: rest }
}

/** What stands behind a mark of the head: `#Fields: a b` under `#Fields:`. */
export function headEntry(head: readonly string[], mark: string): string | undefined {
  return head
    .findLast((line) => line.startsWith(mark))
    ?.slice(mark.length)
    .trim()
}
