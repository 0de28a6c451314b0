import type { Observable } from '@haidang/contracts/event'
import type { ReleaseField } from '@haidang/contracts/release'

/** Where values of a kind stand: attributes of an event, observables, and fields of the record rules matched. */
interface Places {
  readonly attribute: RegExp
  readonly observables: readonly Observable['type'][]
  /** Names, in lower case, that records give such a field; alerts quote them in their matches. */
  readonly matched: RegExp
}

const none = /^$/
const address: Places = {
  attribute: /(?:^|\.)ip$/,
  observables: ['ip'],
  matched: /(?:^|[._-]|src|dst|source|destination|client|remote|orig_|resp_)(?:ip|addr|address|h)$/,
}

/** By kind. Attributes are dotted paths of the OCSF names that events use. */
export const places: Readonly<Record<ReleaseField, Places>> = {
  ip: address,
  own_ip: address,
  mac: { attribute: /(?:^|\.)mac$/, observables: ['mac'], matched: /mac(?:addr|address)?$/ },
  user: {
    attribute: /(?:^|\.)(?:user|owner)\.(?:name|uid|domain)$/,
    observables: ['user'],
    matched: /(?:user|account|logon|login|owner|subject)(?:[._-]?(?:name|id|sid))?$/,
  },
  email: {
    attribute: none,
    observables: ['email'],
    matched: /(?:e?mail|sender|recipient|mailfrom|rcptto)(?:[._-]?(?:address|s))?$/,
  },
  host: {
    attribute: /(?:^|\.)(?:src_endpoint|dst_endpoint|device)\.hostname$/,
    observables: ['hostname'],
    matched: /(?:host|computer|workstation|machine|device)(?:[._-]?name)?$/,
  },
  domain: {
    attribute:
      /(?:^|\.)(?:(?:src_endpoint|dst_endpoint|device)\.domain|query\.hostname|tls\.sni|answers\.\d+)$/,
    observables: ['domain'],
    matched: /(?:domain|query|sni|server_name|host|fqdn)(?:[._-]?name)?$/,
  },
  url: {
    attribute: /(?:^|\.)http_request\.(?:url|referrer)$/,
    observables: ['url'],
    matched: /(?:ur[li]|uri|uri[._-]?(?:stem|query)|referr?er|request)$/,
  },
  file: {
    attribute: /(?:^|\.)file\.(?:name|path)$/,
    observables: ['file_name'],
    matched: /(?:file|path|image|directory|object)(?:[._-]?name)?$/,
  },
  process: {
    attribute:
      /(?:^|\.)(?:process|parent_process)\.(?:name|file\.(?:name|path)|working_directory)$/,
    observables: ['process_name'],
    matched: /(?:process|image|exe|comm|parentimage)(?:[._-]?(?:name|path))?$/,
  },
  command_line: {
    attribute: /(?:^|\.)cmd_line$/,
    observables: [],
    matched: /(?:command|cmd|proctitle|scriptblock|argv)(?:[._-]?(?:line|text))?$/,
  },
  message: {
    attribute: /^(?:message|status_detail|finding\.title)$/,
    observables: [],
    matched: /(?:message|msg|description|detail)s?$/,
  },
}

/** Whether a field of a matched record holds values of a kind, by its name. */
export function isMatchedField(field: ReleaseField, name: string): boolean {
  return places[field].matched.test(name.toLowerCase().slice(-120))
}
