import type { SilenceCause } from '@haidang/contracts/silence'
import type { CollectorKind } from '@haidang/contracts/source'
import type { RefusalReason } from '@haidang/contracts/source-samples'
import type { Refusal } from '../collect/refusals.ts'

/** What the station knows around a source that does not send what it should. */
export interface Circumstances {
  readonly collector: CollectorKind
  readonly paused: boolean
  /** Words of the way in. */
  readonly problem: string | undefined
  /** Its sender was lately refused. */
  readonly refusal: Refusal | undefined
  /** Records of it were lately lost before the spool. */
  readonly isDropping: boolean
  /** The spool lately took nothing for want of disk. */
  readonly isDiskFull: boolean
  readonly hasSent: boolean
}

export interface Cause {
  readonly cause: SilenceCause
  /** For people, beside the cause's own words; may be empty. */
  readonly detail: string
}

const longestDetail = 500

const refusals: Readonly<Record<RefusalReason, SilenceCause>> = {
  'no-source': 'address-not-listed',
  address: 'address-not-listed',
  token: 'token-wrong',
  tls: 'tls-failed',
}

/** The likeliest cause, the nearest to the records first. */
export function causeOf(known: Circumstances): Cause {
  const { problem, refusal } = known
  if (known.paused) return { cause: 'paused', detail: '' }
  if (problem !== undefined) {
    return {
      cause: causeOfProblem(problem, known.collector),
      detail: problem.slice(0, longestDetail),
    }
  }
  if (known.isDiskFull) return { cause: 'disk-full', detail: '' }
  if (refusal) {
    const { sender, times, detail } = refusal
    return { cause: causeOfRefusal(refusal), detail: `${sender} ×${times} ${detail}`.trim() }
  }
  if (known.isDropping) return { cause: 'kernel-drops', detail: '' }
  return { cause: known.hasSent ? 'unknown' : 'never-sent', detail: '' }
}

const handshakes: readonly (readonly [RegExp, SilenceCause])[] = [
  [/EXPIRED/i, 'certificate-expired'],
  [/NOT_YET_VALID/i, 'certificate-not-yet-valid'],
  [
    /UNKNOWN_CA|CERTIFICATE|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/i,
    'certificate-refused',
  ],
]

function causeOfRefusal({ reason, detail }: Refusal): SilenceCause {
  const found = reason === 'tls' ? handshakes.find(([words]) => words.test(detail)) : undefined
  return found?.[1] ?? refusals[reason]
}

const listening: readonly (readonly [string, SilenceCause])[] = [
  ['EADDRINUSE', 'port-in-use'],
  ['EACCES', 'port-refused'],
  ['EPERM', 'port-refused'],
]
const reading: readonly (readonly [string, SilenceCause])[] = [
  ['no directory', 'directory-missing'],
  ['no such file or directory, scandir', 'directory-missing'],
  ['no file', 'file-missing'],
  ['ENOENT', 'file-missing'],
  ['EACCES', 'file-forbidden'],
  ['EPERM', 'file-forbidden'],
]
const brokers: readonly (readonly [string, SilenceCause])[] = [
  ['plug-in', 'plug-in-missing'],
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['SELF_SIGNED', 'certificate-refused'],
  ['UNABLE_TO_', 'certificate-refused'],
  ['', 'broker-unreachable'],
]
const anywhere: readonly (readonly [string, SilenceCause])[] = [
  ['certificate expired', 'certificate-expired'],
  ['certificate not yet valid', 'certificate-not-yet-valid'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EROFS', 'disk-failed'],
  ['EIO', 'disk-failed'],
]

/** By the error codes of the system in what a way in says. */
function causeOfProblem(problem: string, collector: CollectorKind): SilenceCause {
  const isFile = collector === 'tail-file'
  const own = collector === 'kafka' ? brokers : isFile ? reading : listening
  const named = [...anywhere, ...own]
  const found = named.find(([code]) => problem.includes(code))
  return found?.[1] ?? (isFile ? 'unknown' : 'listener-closed')
}
