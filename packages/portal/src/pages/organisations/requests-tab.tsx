import type { OrganisationRequest } from '@haidang/contracts/organisation-request'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { gutter } from '../../components/page.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Empty, Failure, LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import { Differences } from './differences.tsx'

const tones: Record<OrganisationRequest['state'], Tone> = {
  open: 'medium',
  approved: 'good',
  amended: 'accent',
  refused: 'neutral',
}

/** What organisations ask to have changed, the newest first. */
export function RequestsTab() {
  const { t } = useLingui()
  const { query, items } = usePages({
    queryKey: ['organisations', 'requests'],
    read: (cursor, signal) =>
      api.organisationRequests.list({ query: { limit: 50, cursor } }, signal),
  })
  if (query.isPending) {
    return (
      <div className={gutter}>
        <LoadingRows />
      </div>
    )
  }
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  if (items.length === 0) {
    return (
      <Empty title={t`Chưa có đề nghị nào`}>
        {t`Người của một tổ chức đề nghị sửa thông tin ở trang của tổ chức đó.`}
      </Empty>
    )
  }
  return (
    <div className={`max-w-4xl py-4 ${gutter}`}>
      <ul className="divide-y divide-line">
        {items.map((request) => (
          <Request key={request.id} request={request} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button busy={query.isFetching} onClick={() => void query.fetchNextPage()}>
          {t`Xem thêm`}
        </Button>
      ) : null}
    </div>
  )
}

function Request({ request }: { request: OrganisationRequest }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  const { state, organisation_id, organisation_name, asked_by, asked_at, reason } = request
  return (
    <li className="flex flex-col gap-2 py-3 text-13">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          to="/organisations/$id"
          params={{ id: organisation_id }}
          className="font-medium hover:underline"
        >
          {organisation_name}
        </Link>
        <Pill tone={tones[state]}>{label('requestState', state)}</Pill>
        <span className="text-ink-3">
          {asked_by} · <Time at={asked_at} />
        </span>
        {state === 'open' ? (
          <Button
            size="small"
            className="ml-auto"
            refusal={refusal('organisation.manage')}
            onClick={() => setOpen(true)}
          >
            {t`Quyết định`}
          </Button>
        ) : null}
      </span>
      {request.contact ? (
        <span className="font-medium">
          {label('contactRequestAct', request.contact.act)}: {request.contact.name}
        </span>
      ) : null}
      <span>{reason}</span>
      <Differences request={request} />
      {request.decision ? (
        <span className="text-ink-2">
          {request.decided_by}: {request.decision}
        </span>
      ) : null}
      {open ? <DecisionDialog request={request} onClose={() => setOpen(false)} /> : null}
    </li>
  )
}
