import { baseName, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'

const longestScript = 32_768

/** 4104: a block of script as it was compiled, before obfuscation could matter. */
function scriptBlock(fields: Fields): WindowsAbout {
  const script = fields.text('ScriptBlockText')
  const path = fields.text('Path')
  return {
    class: 'process_activity',
    activity: 99,
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
    class: 'process_activity',
    activity: 99,
    message: `PowerShell command: ${oneLine(payload)}`,
    actor: present({ user: present({ name: name || undefined, domain }) }),
    process: present({ name: 'powershell.exe', cmd_line: payload }),
  }
}

function oneLine(text: string | undefined): string {
  return (text ?? '?').slice(0, 400).replace(/\s+/g, ' ').trim()
}

export const powershellDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [4103, moduleLogged],
  [4104, scriptBlock],
])
