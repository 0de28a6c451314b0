import type { IncidentObservable } from '@haidang/contracts/incident-observable'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

interface ElsewhereDialogProps {
  readonly item: IncidentObservable
  readonly onClose: () => void
}

/** Other incidents the same value was seen in. */
export function ElsewhereDialog({ item, onClose }: ElsewhereDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const query = useQuery({
    queryKey: ['observables', 'elsewhere', item.id],
    queryFn: ({ signal }) =>
      api.incidentObservables.elsewhere({ params: { id: item.id }, query: { limit: 50 } }, signal),
  })
  return (
    <Dialog open onClose={onClose} title={t`Sự cố khác có giá trị này`} about={item.value}>
      <Asked query={query} loading={<LoadingRows rows={3} />}>
        {({ items }) => (
          <ul className="divide-y divide-line">
            {items.map(({ id, number, title, state, last_seen_at }) => (
              <li key={id} className="py-2">
                <Link
                  to="/incidents/$id"
                  params={{ id }}
                  onClick={onClose}
                  className="font-medium hover:underline"
                >
                  {number} · {title}
                </Link>
                <p className="text-12 text-ink-2">
                  {label('incidentState', state)} · <Time at={last_seen_at} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Dialog>
  )
}
