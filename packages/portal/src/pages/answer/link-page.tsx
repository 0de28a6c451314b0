import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Asked } from '../../components/asked.tsx'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { Front } from '../session/front.tsx'

/** What stands behind a link, as far as it was asked and answered. */
export interface Opened<T> {
  readonly linked: T
  readonly token: string
  /** An answer was just recorded. */
  readonly said: boolean
  readonly onTaken: (answered: T) => void
  /** What is shown is no longer how it stands. */
  readonly onStale: () => void
}

interface LinkPageProps<T> {
  /** Of what the link is, in the cache. */
  readonly name: string
  /** Shown until it is known what is asked. */
  readonly title: string
  readonly read: (token: string, signal: AbortSignal) => Promise<T>
  readonly children: (opened: Opened<T>) => ReactNode
}

/** The page of a link in a mail; its token stands behind # and is sent in a body only. */
export function LinkPage<T>({ name, title, read, children }: LinkPageProps<T>) {
  const token = location.hash.slice(1)
  const client = useQueryClient()
  const key = [name, token]
  const [said, setSaid] = useState(false)
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(token, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const onTaken = (answered: T) => {
    client.setQueryData(key, answered)
    setSaid(true)
  }
  const onStale = () => void query.refetch()
  return (
    <Front wide>
      {query.data ? null : <h1 className="pb-3 text-24">{title}</h1>}
      <Asked query={query}>{(linked) => children({ linked, token, said, onTaken, onStale })}</Asked>
    </Front>
  )
}

/** Whose the link is, and until when it holds. */
export function LinkEnd({ at }: { at: string }) {
  const { t } = useLingui()
  return (
    <p className="text-12 text-ink-3">
      {t`Liên kết dành riêng cho đơn vị, xin đừng chuyển tiếp. Dùng được đến`}{' '}
      <Time at={at} as="absolute" />.
    </p>
  )
}

interface ShutProps {
  readonly title: string | undefined
  /** Where somebody signs in to who may see it; undefined: that changes nothing. */
  readonly signIn?: string | undefined
  readonly children: ReactNode
}

/** Why nothing can be answered here. */
export function Shut({ title, signIn, children }: ShutProps) {
  const { t } = useLingui()
  return (
    <Empty
      whole
      title={title}
      act={
        signIn ? (
          <Link to="/sign-in" search={{ to: signIn }} className="text-accent hover:underline">
            {t`Đăng nhập`}
          </Link>
        ) : undefined
      }
    >
      {children}
    </Empty>
  )
}
