import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { Section } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { IndicatorBox } from '../orders/indicator-box.tsx'

/** The reader's language first, the other below it. */
function Prose({ title, vi, en }: { title: string; vi: string; en: string }) {
  const { language } = useWords()
  const both = [
    { lang: 'vi', text: vi },
    { lang: 'en', text: en },
  ].filter(({ text }) => text !== '')
  const [first, second] = language === 'en' ? both.toReversed() : both
  return (
    <Section title={title}>
      <p lang={first?.lang} className="max-w-[70ch] whitespace-pre-wrap pt-2 text-15">
        {first?.text}
      </p>
      {second ? (
        <p lang={second.lang} className="max-w-[70ch] whitespace-pre-wrap pt-2 text-13 text-ink-2">
          {second.text}
        </p>
      ) : null}
    </Section>
  )
}

type Written = Pick<
  AdvisoryContent,
  'summary' | 'action' | 'cves' | 'products' | 'remediations' | 'references' | 'indicators'
>

/** What an advisory says. */
export function ContentView({ content }: { content: Written }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { cves, products, remediations, references, indicators } = content
  return (
    <>
      <Prose title={t`Tóm tắt`} vi={content.summary.vi} en={content.summary.en} />
      <Prose title={t`Việc cần làm`} vi={content.action.vi} en={content.action.en} />
      {cves.length + products.length > 0 ? (
        <Section title={t`Sản phẩm bị ảnh hưởng`} count={products.length || undefined}>
          {cves.length > 0 ? <p className="pt-2 font-mono text-12">{cves.join(', ')}</p> : null}
          <ul className="divide-y divide-line text-13">
            {products.map(({ vendor, name, versions, fixed }) => (
              <li key={`${vendor} ${name} ${versions}`} className="py-2">
                <span className="font-medium">
                  {vendor} {name}
                </span>{' '}
                <span className="font-mono text-12">{versions}</span>
                {fixed ? <span className="text-ink-2"> · {t`đã sửa ở bản ${fixed}`}</span> : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {remediations.length > 0 ? (
        <Section title={t`Cách khắc phục`} count={remediations.length}>
          <ul className="divide-y divide-line text-13">
            {remediations.map(({ kind, text, url }) => (
              <li key={`${kind} ${text}`} className="py-2">
                <span className="font-medium">{label('remediationKind', kind)}</span>: {text}
                {url ? <span className="break-all text-ink-2"> ({url})</span> : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {indicators.length > 0 ? (
        <Section title={t`Dấu hiệu nhận biết`} count={indicators.length}>
          <div className="pt-2">
            <IndicatorBox indicators={indicators} />
          </div>
        </Section>
      ) : null}
      {references.length > 0 ? (
        <Section title={t`Tham khảo`} count={references.length}>
          <ul className="divide-y divide-line text-13">
            {references.map(({ title, url }) => (
              <li key={url} className="py-2">
                {title} <span className="break-all text-ink-2">{url}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}
