import { realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'

/** What the system shows as files is no log: it holds secrets of processes, or never ends. */
const systemPlaces = ['/proc', '/sys', '/dev']

/**
 * The place a path lies in that no source may read; undefined: none. Who may add a source may read what
 * the process may read, but neither this node's keys, databases and secrets nor what is no file at all.
 */
export function forbiddenPlace(path: string, dataDirectory: string): string | undefined {
  const whole = resolve(path)
  const places = [resolve(dataDirectory), ...systemPlaces]
  return places.find((place) => whole === place || whole.startsWith(place + sep))
}

/** Throws an Error where a file, links followed, lies in a place no source may read. */
export async function requireReadable(path: string, dataDirectory: string): Promise<void> {
  const [real, data] = await Promise.all([realpath(path), realpath(dataDirectory)])
  const place = forbiddenPlace(real, data)
  if (place !== undefined) throw new Error(`${path} lies in ${place}, which no source may read`)
}
