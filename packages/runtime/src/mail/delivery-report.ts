/** What a mail server says of a mail it could not deliver, or not yet. */
export interface DeliveryReport {
  readonly outcome: 'failed' | 'delayed'
  /** Its words, in one line. */
  readonly said: string
  /** Message-IDs that stand in what it returned, without brackets. */
  readonly about: readonly string[]
}

interface ReportedMail {
  readonly contentType: string
  readonly from: string
  readonly returnPath: string | undefined
  readonly hasFailedRecipients: boolean
  readonly references: string
  readonly text: string
  readonly parts: readonly { readonly mediaType: string; readonly bytes: Uint8Array }[]
}

const readBytes = 65_536
const saidLength = 400
const mostIds = 20
const daemon = /^(mailer-daemon|postmaster|mail-daemon|mdaemon|microsoftexchange[0-9a-z]*)@/i

/**
 * The report a mail is; undefined: it is none. Understands delivery status notifications (RFC 3464) and, of programs
 * that write their own words, those that name the mail they return.
 */
export function deliveryReportOf(mail: ReportedMail): DeliveryReport | undefined {
  const status = mail.parts.find(({ mediaType }) => mediaType === 'message/delivery-status')
  const isReport = /report-type="?delivery-status/i.test(mail.contentType) || status !== undefined
  const isOwnWords =
    mail.hasFailedRecipients || mail.returnPath === '' || mail.returnPath === '<>'
      ? true
      : daemon.test(mail.from)
  if (!isReport && !isOwnWords) return undefined
  const returned = mail.parts.filter(({ mediaType }) =>
    ['message/rfc822', 'message/rfc822-headers', 'text/rfc822-headers'].includes(mediaType),
  )
  const texts = [...returned.map(({ bytes }) => decoded(bytes)), mail.text.slice(0, readBytes)]
  const about = [...new Set([...texts.flatMap(messageIds), ...idsIn(mail.references)])]
  if (!isReport && about.length === 0) return undefined
  const said = status ? decoded(status.bytes) : mail.text
  return {
    outcome: outcomeOf(status && said),
    said: wordsOf(status && said, mail.text),
    about: about.slice(0, mostIds),
  }
}

/** Message-IDs as they stand in In-Reply-To and References, without brackets. */
export function idsIn(header: string): string[] {
  return [...header.slice(0, readBytes).matchAll(/<([^<>\s]{1,250})>/g)].map(([, id = '']) => id)
}

function messageIds(text: string): string[] {
  const header = /^[> \t]*message-id:\s*<([^<>\s]{1,250})>/gim
  return [...text.matchAll(header)].map(([, id = '']) => id)
}

/** A report on several recipients has failed where one of them has. */
function outcomeOf(status: string | undefined): DeliveryReport['outcome'] {
  const actions = [...(status ?? '').matchAll(/^action:\s*(\w+)/gim)].map(([, action = '']) =>
    action.toLowerCase(),
  )
  return actions.length === 0 || actions.includes('failed') ? 'failed' : 'delayed'
}

function wordsOf(status: string | undefined, text: string): string {
  const unfolded = (status ?? '').replaceAll(/\r?\n[ \t]+/g, ' ')
  const [, said] = unfolded.match(/^diagnostic-code:\s*(?:[\w-]+;)?\s*(.+)$/im) ?? []
  const [, code] = unfolded.match(/^status:\s*(\S+)/im) ?? []
  const [line] = text.match(/^.*\b[45]\d\d[ -][^\n]*$/m) ?? []
  const words = said ?? line ?? [code, text].filter(Boolean).join(' ')
  return words
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, saidLength)
    .toWellFormed()
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, readBytes))
}
