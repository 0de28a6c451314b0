import { natsCluster } from '@haidang/testbed/nats-server'
import { natsRun } from '../system/harness/nats-run.ts'

/** Twelve kills of the servers of a cluster of three that keep every record together, four of the station's program, then all at once. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const servers = await natsCluster()
  try {
    return await natsRun({ servers, kills: 12, linesPerSecond: 2_000, say })
  } finally {
    for (const server of servers) await server[Symbol.asyncDispose]()
  }
}
