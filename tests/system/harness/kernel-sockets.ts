import { existsSync, readFileSync } from 'node:fs'

const table = '/proc/net/udp'

/** Whether the kernel shows its UDP sockets here (Linux). */
export const hasDropCounter = existsSync(table)

/** What the kernel dropped at a UDP port of loopback; undefined where nobody listens or it does not say. */
export function dropsAt(port: number): number | undefined {
  if (!hasDropCounter) return undefined
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = readFileSync(table, 'utf8').split('\n')
  const row = rows.find((each) => each.trim().split(/\s+/)[1] === local)
  return row === undefined ? undefined : Number(row.trim().split(/\s+/).at(-1))
}
