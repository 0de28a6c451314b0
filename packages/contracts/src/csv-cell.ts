/** A text that no spreadsheet program computes; `plainCell` takes the mark off again. */
export function safeCell(text: string): string {
  return /^'*\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** The text of a cell `safeCell` made safe. */
export function plainCell(text: string): string {
  return /^'+\s*[=+\-@\t\r]/.test(text) ? text.slice(1) : text
}

/** A line of separated values (RFC 4180), its end included; a text a spreadsheet would compute is told to be text. */
export function csvLine(values: readonly (string | number)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

/** Tells spreadsheets that what follows is UTF-8. */
export const csvMark = '\ufeff'

function csvCell(value: string | number): string {
  const safe = typeof value === 'number' ? String(value) : safeCell(value)
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
