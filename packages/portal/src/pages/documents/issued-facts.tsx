import type { IssuedDocument } from '@haidang/contracts/document'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Fact, Facts } from '../../components/facts.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** What stands on record of an issued document. */
export function IssuedFacts({ document }: { document: IssuedDocument }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <Facts>
      <Fact name={t`Số`}>
        <span className="font-mono">{document.number}</span>
      </Fact>
      <Fact name={t`Trạng thái`}>
        <Pill tone={document.state === 'issued' ? 'good' : 'critical'}>
          {label('documentState', document.state)}
        </Pill>
      </Fact>
      <Fact name={t`Ban hành`}>
        <Time at={document.issued_at} as="absolute" />
      </Fact>
      {document.withdrawn_at ? (
        <Fact name={t`Thu hồi`}>
          <Time at={document.withdrawn_at} as="absolute" />
        </Fact>
      ) : null}
      <Fact name={t`Người ký số`}>{document.signed_by}</Fact>
      <Fact name={t`Mã kiểm tra`}>
        <Link
          to="/verify/$code"
          params={{ code: document.code }}
          className="font-mono text-12 text-accent hover:underline"
        >
          {document.code.match(/.{4}/g)?.join('-')}
        </Link>
      </Fact>
    </Facts>
  )
}
