import { Link } from '@tanstack/react-router'
import { Identifier } from '../../components/identifier.tsx'

/** Pages of objects by the prefix of their identifiers. */
const pages = {
  inc: '/incidents/$id',
  irp: '/incident-reports/$id',
  ord: '/orders/$id',
  sta: '/stations/$id',
  sys: '/systems/$id',
  org: '/organisations/$id',
  apr: '/approvals/$id',
  clu: '/alerts/$id',
  hov: '/handovers/$id',
  jrn: '/journal/$id',
} as const

/** The way to an object the journal names, where it has a page; else its identifier. */
export function EntryObject({ id }: { id: string }) {
  const prefix = /^([a-z]{3})_[0-9a-f-]{36}$/.exec(id)?.[1] ?? ''
  const to = Object.hasOwn(pages, prefix) ? pages[prefix as keyof typeof pages] : undefined
  if (to === undefined) return <Identifier value={id} />
  return (
    <Link
      to={to}
      params={{ id }}
      title={id}
      className="inline-flex min-h-6 items-center font-mono text-12 text-accent hover:underline"
    >
      {`${prefix}_…${id.slice(-8)}`}
    </Link>
  )
}
