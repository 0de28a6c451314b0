import type { Person } from '@haidang/contracts/person'
import type { Identity } from '@haidang/contracts/provider'
import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useAgain } from '../access/use-again.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'

/** Who somebody else is at providers of single sign-on; nothing where they are nobody there. */
export function PersonIdentities({ person }: { person: Person }) {
  const { t } = useLingui()
  const own = useMe().person.id === person.id
  const { data } = useQuery({
    queryKey: ['people', 'identities', person.id],
    queryFn: ({ signal }) => api.identities.ofPerson({ params: { id: person.id } }, signal),
    enabled: !own,
    retry: false,
  })
  if (!data || data.items.length === 0) return null
  return (
    <section className="mt-6 border-t pt-4">
      <h3 className="font-semibold text-13">{t`Đăng nhập một lần`}</h3>
      <ul className="flex flex-col divide-y divide-line">
        {data.items.map((identity) => (
          <IdentityLine key={identity.id} person={person} identity={identity} />
        ))}
      </ul>
    </section>
  )
}

function IdentityLine({ person, identity }: { person: Person; identity: Identity }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [asked, setAsked] = useState(false)
  const reason = useRef('')
  const { provider_name, email, last_used_at } = identity
  const unlink = useAgain(
    (password) =>
      api.identities.unlinkOf({
        params: { id: person.id, identity: identity.id },
        body: { password, reason: reason.current },
      }),
    (left) => {
      setAsked(false)
      say(t`Đã bỏ liên kết với ${provider_name}`)
      client.setQueryData(['people', 'identities', person.id], left)
      void client.invalidateQueries({ queryKey: ['people', 'sessions', person.id] })
    },
  )
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-13">{provider_name}</p>
        <p className="text-12 text-ink-3">
          {email}
          {last_used_at ? (
            <>
              {' · '}
              <Time at={last_used_at} />
            </>
          ) : null}
        </p>
      </div>
      <Button size="small" look="danger" onClick={() => setAsked(true)}>{t`Bỏ liên kết…`}</Button>
      {asked ? (
        <ReasonDialog
          title={t`Bỏ liên kết với ${provider_name}`}
          about={t`${person.name} bị đăng xuất ở mọi nơi và thấy ai đã làm, vì sao. Không còn cách đăng nhập nào khác thì cần liên kết khôi phục.`}
          label={t`Lý do`}
          act={t`Bỏ liên kết`}
          danger
          error={unlink.error}
          busy={unlink.busy}
          onGive={(given) => {
            reason.current = given
            unlink.run()
          }}
          onClose={() => setAsked(false)}
        />
      ) : null}
      {unlink.question}
    </li>
  )
}
