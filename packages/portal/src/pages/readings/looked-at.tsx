import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'

/** Looks shown; the journal has the rest. */
const shown = 5

/** Who has looked at a sensitive object, for those who may know. */
export function LookedAt({ id }: { id: string }) {
  return useMay()('reading.read') ? <Looks id={id} /> : null
}

function Looks({ id }: { id: string }) {
  const { t } = useLingui()
  const may = useMay()
  const query = useQuery({
    queryKey: ['readings', id],
    queryFn: ({ signal }) =>
      api.readings.list({ query: { limit: shown, filter: `subject:${id}` } }, signal),
  })
  return (
    <Section
      title={t`Ai đã xem`}
      acts={
        may('audit.read') ? (
          <Link
            to="/admin"
            search={{ tab: 'journal', q: `type:object.read subject:${id}` }}
            className="text-12 text-accent hover:underline"
          >
            {t`Mọi lượt xem`}
          </Link>
        ) : null
      }
    >
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">
              {t`Chưa có lượt xem nào được ghi. Chỉ ghi khi đối tượng là TLP:AMBER+STRICT hoặc TLP:RED.`}
            </p>
          ) : (
            <ul className="flex flex-col divide-y divide-line">
              {items.map(({ id: key, time, actor_name, organisation_name, address }) => (
                <li key={key} className="flex flex-wrap items-baseline gap-x-2 py-1.5 text-13">
                  <span className="min-w-0 break-words">
                    {organisation_name ? `${actor_name} · ${organisation_name}` : actor_name}
                  </span>
                  <span className="ml-auto shrink-0 text-12 text-ink-3">
                    <Time at={time} as="absolute" /> · <code>{address}</code>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Section>
  )
}
