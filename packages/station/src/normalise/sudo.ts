import type { SyslogFields } from '../parse/syslog-header.ts'
import { baseName, type Draft, type Read } from './draft.ts'
import { deviceOf, normaliseSyslog, syslogRecord } from './syslog.ts'

// `user : [problem ;] TTY=… ; PWD=… ; USER=… ; [GROUP=… ;] COMMAND=…` (sudo, logging.c).
const userPattern = /^ {0,64}(?<user>[^ :]{1,256}) : /
const fieldPattern = /^(HOST|TTY|CHROOT|PWD|CWD|USER|GROUP|TSID|ENV|COMMAND)=/

/** Commands run or refused through sudo: Process Activity (OCSF 1007), launched as the user it became. */
export function normaliseSudo(fields: SyslogFields): Read {
  const user = userPattern.exec(fields.message)
  const said = user && readFields(fields.message.slice(user[0].length))
  if (!user?.groups?.['user'] || !said?.values['COMMAND']) return plain(fields)
  return {
    draft: draftOf(fields, user.groups['user'], said),
    record: { ...syslogRecord(fields), USER: said.values['USER'], COMMAND: said.values['COMMAND'] },
  }
}

function plain(fields: SyslogFields): Read {
  const read = normaliseSyslog(fields)
  return { ...read, draft: { ...read.draft, logsource: { product: 'linux', service: 'sudo' } } }
}

interface Said {
  readonly values: Readonly<Record<string, string>>
  /** Why it was refused. */
  readonly problem: string | undefined
}

/** The command comes last and may hold anything, semicolons too. */
function readFields(text: string): Said {
  const values: [string, string][] = []
  const problems: string[] = []
  let rest = text
  for (let turn = 0; turn < 16 && rest !== ''; turn++) {
    const name = fieldPattern.exec(rest)?.[1]
    if (name === 'COMMAND') {
      values.push([name, rest.slice('COMMAND='.length)])
      break
    }
    const separator = rest.indexOf(' ; ')
    const part = separator < 0 ? rest : rest.slice(0, separator)
    if (name) values.push([name, part.slice(name.length + 1)])
    else problems.push(part)
    rest = separator < 0 ? '' : rest.slice(separator + 3)
  }
  return { values: Object.fromEntries(values), problem: problems[0] }
}

function draftOf(fields: SyslogFields, user: string, { values, problem }: Said): Draft {
  const command = values['COMMAND'] ?? ''
  const program = command.split(' ', 1)[0] ?? ''
  return {
    class: 'process_activity',
    activity: 1,
    severity: problem ? 3 : 1,
    message: fields.message.trim(),
    product: 'sudo',
    log_name: 'sudo',
    logsource: { product: 'linux', service: 'sudo' },
    time: fields.time?.at,
    original_time: fields.time?.original,
    status: problem ? 'failure' : 'success',
    status_detail: problem,
    device: deviceOf(fields),
    actor: { user: { name: user } },
    user: values['USER'] ? { name: values['USER'] } : undefined,
    process: {
      name: baseName(program),
      cmd_line: command,
      working_directory: values['PWD'] ?? values['CWD'],
      file: { path: program, name: baseName(program) },
      user: values['USER'] ? { name: values['USER'] } : undefined,
    },
    unmapped: unmappedOf(values),
  }
}

function unmappedOf(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const known = new Set(['USER', 'COMMAND', 'PWD', 'CWD'])
  return Object.fromEntries(Object.entries(values).filter(([name]) => !known.has(name)))
}
