import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { FileButtons } from './file-buttons.tsx'
import { IssuedFacts } from './issued-facts.tsx'

/** The signed document an order was issued as; `version` changes with the order. */
export function OrderDocument({ id, version }: { id: string; version: string }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['documents', 'order', id, version],
    queryFn: ({ signal }) => api.documents.ofOrder({ params: { id } }, signal),
  })
  return (
    <Section title={t`Văn bản`}>
      <Asked query={query}>
        {({ document }) =>
          document ? (
            <div className="flex flex-col gap-3 pt-2">
              <FileButtons
                of={document.number}
                read={(format) => api.documents.orderFile({ params: { id, format } })}
              />
              <IssuedFacts document={document} />
            </div>
          ) : (
            <p className="py-2 text-13 text-ink-3">{t`Lệnh này không có văn bản lưu ở nút này.`}</p>
          )
        }
      </Asked>
    </Section>
  )
}
