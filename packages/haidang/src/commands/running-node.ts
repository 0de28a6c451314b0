import { type Client, createClient } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import type { Page } from '@haidang/contracts/page'
import { apiSender } from '../api-sender.ts'
import { readLocalAccess } from '../local-access.ts'

/** A typed client of the node that runs on this data directory, with the rights of its owner. */
export async function clientOf<A extends Api>(api: A, dataDirectory: string): Promise<Client<A>> {
  const access = await readLocalAccess(dataDirectory)
  if (!access || !isRunning(access.pid)) {
    throw new Error(
      `No node runs on ${dataDirectory}. Start it with \`npm start\`, or name its directory with --data.`,
    )
  }
  return createClient(api, apiSender(access.url, access.token))
}

/** Every row of a list, page by page. */
export async function allRows<T>(
  read: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await read({ limit: 500, ...(cursor === null ? {} : { cursor }) })
    rows.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return rows
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
