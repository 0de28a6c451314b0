import { DocumentKind } from '@haidang/contracts/document'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Field, Select } from '../../components/field.tsx'
import { gutter, Section } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { CertificateSection } from './certificate-section.tsx'
import { IssuedList } from './issued-list.tsx'
import { TemplateEditor } from './template-editor.tsx'

/** What was issued, how documents are worded, and what signs them. */
export function DocumentsTab() {
  const may = useMay()
  return (
    <div className={cn('flex max-w-5xl flex-col gap-8 pb-16', gutter)}>
      <IssuedList />
      {may('document.manage') ? (
        <>
          <Templates />
          <CertificateSection />
        </>
      ) : null}
    </div>
  )
}

function Templates() {
  const { t } = useLingui()
  const { label } = useWords()
  const [kind, setKind] = useState<DocumentKind>('order')
  const query = useQuery({
    queryKey: ['documents', 'templates', kind],
    queryFn: ({ signal }) => api.documentTemplates.versions({ params: { kind } }, signal),
  })
  return (
    <Section title={t`Mẫu văn bản`}>
      <Field label={t`Loại văn bản`} className="max-w-sm pt-2 pb-4">
        <Select
          value={kind}
          onChange={(event) => setKind(DocumentKind.parse(event.currentTarget.value))}
        >
          {DocumentKind.options.map((one) => (
            <option key={one} value={one}>
              {label('documentKind', one)}
            </option>
          ))}
        </Select>
      </Field>
      <Asked query={query}>
        {({ items }) => (
          <TemplateEditor key={`${kind}.${items[0]?.version}`} kind={kind} versions={items} />
        )}
      </Asked>
    </Section>
  )
}
