import { NatsServer, natsMissing } from '@haidang/testbed/nats-server'
import { expect, test } from 'vitest'
import { natsRun } from './harness/nats-run.ts'

const mustRun = process.env['CI'] === 'true'
if (natsMissing && !mustRun) console.log(`a station on NATS is not tried: ${natsMissing}`)

test.skipIf(natsMissing !== undefined && !mustRun)(
  'a station whose records wait in NATS keeps each once when it and the server are killed under load',
  { timeout: 120_000 },
  async () => {
    await using server = await NatsServer.start()
    const figures = await natsRun({
      servers: [server],
      kills: 1,
      linesPerSecond: 2_000,
      say: (text) => console.log(text),
    })
    expect(figures['lines_acknowledged']).toBeGreaterThan(1_000)
  },
)
