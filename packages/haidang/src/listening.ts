import { Problem } from '@haidang/runtime/problem'

/** What `listen` gives. Throws Problem configuration.invalid, naming `key`, where another program has the port. */
export async function listening<T>(
  key: string,
  port: number,
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    throw new Problem(
      'configuration.invalid',
      `port ${port} (${key}) is used by another program; stop it, or set ${key} to another port`,
    )
  }
}
