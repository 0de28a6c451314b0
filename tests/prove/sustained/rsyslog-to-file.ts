import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePorts } from '../../system/harness/free-ports.ts'
import { until } from '../../system/harness/until.ts'
import { processTree, total } from '../../system/process-tree.ts'

/** Lines a second that the system's rsyslogd takes by TCP and writes to a file, and its microseconds of CPU a line. */
export async function rsyslogToFile(
  directory: string,
  lines: readonly string[],
  repeats: number,
): Promise<{ rate: number; cpu: number }> {
  const [port = 0] = await freePorts(1)
  const configuration = join(directory, 'limit.conf')
  const output = join(directory, 'limit.log')
  await writeFile(
    configuration,
    `global(workDirectory="${directory}" maxMessageSize="64k")
module(load="imptcp")
input(type="imptcp" address="127.0.0.1" port="${port}")
template(name="raw" type="string" string="%rawmsg%\\n")
action(type="omfile" file="${output}" template="raw")
`,
  )
  const arguments_ = ['-n', '-f', configuration, '-i', join(directory, 'limit.pid')]
  const child = spawn('/usr/sbin/rsyslogd', arguments_, { stdio: 'ignore' })
  try {
    const body = Buffer.from(`${lines.join('\n')}\n`)
    const socket = await until('rsyslogd to listen', 20_000, () => opened(port))
    const began = performance.now()
    for (let n = 0; n < repeats; n++) {
      if (!socket.write(body)) await once(socket, 'drain')
    }
    socket.end()
    await until('rsyslogd to have written', 120_000, async () => {
      return (await stat(output)).size >= body.length * repeats
    })
    const seconds = (performance.now() - began) / 1_000
    const count = lines.length * repeats
    const spent = total(processTree(child.pid ?? 0), 'cpu')
    return { rate: Math.round(count / seconds), cpu: Math.round((spent / count) * 1e7) / 10 }
  } finally {
    child.kill('SIGKILL')
  }
}

async function opened(port: number) {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return socket
  } catch {
    return undefined
  }
}
