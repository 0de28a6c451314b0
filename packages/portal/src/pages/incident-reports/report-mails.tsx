import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'

/** The mails that stand with a report, for who may read mails; nothing where there are none. */
export function ReportMails({ id }: { id: string }) {
  const { t } = useLingui()
  const may = useMay()
  const query = useQuery({
    queryKey: ['mails', 'of', id],
    queryFn: ({ signal }) =>
      api.receivedMails.list({ query: { filter: `object_id:${id}`, limit: 50 } }, signal),
    enabled: may('mail.read'),
  })
  const mails = query.data?.items ?? []
  if (mails.length === 0) return null
  return (
    <Section title={t`Thư`} count={mails.length}>
      <ul className="divide-y divide-line text-13">
        {mails.map((mail) => (
          <li key={mail.id} className="flex flex-wrap items-baseline gap-2 py-2">
            <Link
              to="/mails/$id"
              params={{ id: mail.id }}
              className="min-w-0 break-words text-accent hover:underline"
            >
              {mail.subject || t`(không có chủ đề)`}
            </Link>
            <span className="text-ink-2">{mail.from_name || mail.from_address}</span>
            <Time at={mail.received_at} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
