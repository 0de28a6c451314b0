import { accountOf, baseName, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'

const longestScript = 32_768

/** 4104: a block of script as it was compiled, before obfuscation could matter. */
function scriptBlock(fields: Fields): WindowsAbout {
  const script = fields.text('ScriptBlockText')
  const path = fields.text('Path')
  return {
    class: 'script_activity',
    activity: 1,
    message: `PowerShell script: ${oneLine(script)}`,
    process: present({ name: 'powershell.exe', cmd_line: script?.slice(0, longestScript) }),
    file: present({ name: baseName(path), path }),
  }
}

/** 4103: one command with its parameters; who ran it stands in ContextInfo. */
function moduleLogged(fields: Fields): WindowsAbout {
  const payload = fields.text('Payload')
  const context = fields.text('ContextInfo')
  const user = context && /^ *User = (.{1,256})$/m.exec(context.slice(0, 4096))?.[1]?.trim()
  const [domain, name] = user?.includes('\\') ? user.split('\\', 2) : [undefined, user]
  return {
    class: 'script_activity',
    activity: 1,
    message: `PowerShell command: ${oneLine(payload)}`,
    actor: present({ user: present({ name: name || undefined, domain }) }),
    process: present({ name: 'powershell.exe', cmd_line: payload }),
  }
}

/** 4105, 4106: a block of script began or ended; which one says 4104. */
function invoked(verb: string): WindowsReader {
  return (fields) => ({
    class: 'script_activity',
    activity: 99,
    message: `PowerShell script block ${verb}: ${fields.text('ScriptBlockId') ?? '?'}`,
  })
}

/** Consoles, editors and pipes of PowerShell itself. */
function host(activity: number): WindowsReader {
  return () => ({ class: 'application_lifecycle', activity })
}

/**
 * The older log "Windows PowerShell": 400, 403 engine, 600 provider, 800 pipeline. What was run stands in the
 * lines of its last parameter, or of the rendered text.
 */
function classic(
  activity: number,
  kind: 'script_activity' | 'application_lifecycle',
): WindowsReader {
  return (fields) => {
    const told = [fields.text('Data'), fields.text('param3'), fields.text('Message')].join('\n')
    const command = lineAfter(told, 'CommandLine=') ?? lineAfter(told, 'HostApplication=')
    const user = lineAfter(told, 'UserId=')
    return {
      class: kind,
      activity,
      ...(command !== undefined && { message: `PowerShell: ${oneLine(command)}` }),
      actor: present({ user: user === undefined ? undefined : accountOf(user) }),
      process: present({ name: 'powershell.exe', cmd_line: command }),
    }
  }
}

/** What stands behind a name up to the end of its line. */
function lineAfter(text: string, name: string): string | undefined {
  const at = text.indexOf(name)
  if (at < 0) return undefined
  const start = at + name.length
  return /^[^\r\n]{0,8192}/.exec(text.slice(start, start + 8192))?.[0].trim() || undefined
}

function oneLine(text: string | undefined): string {
  return (text ?? '?').slice(0, 400).replace(/\s+/g, ' ').trim()
}

export const powershellDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [4103, moduleLogged],
  [4104, scriptBlock],
  [4105, invoked('started')],
  [4106, invoked('completed')],
  [24577, host(3)],
  [40961, host(3)],
  [40962, host(3)],
  [53504, host(3)],
])

export const classicPowershellDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [400, classic(3, 'application_lifecycle')],
  [403, classic(4, 'application_lifecycle')],
  [600, classic(3, 'application_lifecycle')],
  [800, classic(1, 'script_activity')],
])
