import { readFile } from 'node:fs/promises'

/**
 * Datagrams the kernel threw away because the socket's buffer was full: the last column of
 * /proc/net/udp and udp6 for a local port. Undefined where there is no such file (not Linux).
 */
export async function kernelDrops(port: number): Promise<number | undefined> {
  const tables = await Promise.all(
    ['/proc/net/udp', '/proc/net/udp6'].map((path) =>
      readFile(path, 'utf8').catch(() => undefined),
    ),
  )
  const found = tables.filter((table) => table !== undefined)
  if (found.length === 0) return undefined
  return found.reduce((sum, table) => sum + dropsOf(table, port), 0)
}

/** Sum of the drops of all sockets on a port in a table of /proc/net/udp's form. */
export function dropsOf(table: string, port: number): number {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  let sum = 0
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/ +/)
    if (columns[1]?.endsWith(ending)) sum += Number(columns.at(-1)) || 0
  }
  return sum
}
