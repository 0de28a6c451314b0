import type { Client } from '../src/http/client.ts'

/** What somebody asks from. */
export const browser: Client = {
  cookie: undefined,
  user_agent: undefined,
  address: '192.0.2.9',
  secure: true,
  host: 'node.test',
  origin: 'https://node.test',
}
