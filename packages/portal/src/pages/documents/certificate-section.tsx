import type { DocumentCertificate } from '@haidang/contracts/document'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { noErrors } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { ImportCertificate } from './import-certificate.tsx'
import { RotateCertificate } from './rotate-certificate.tsx'

const key = ['documents', 'certificate']

/** What signs the organisation's documents. */
export function CertificateSection() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.documentCertificate.get({}, signal),
  })
  return (
    <Section title={t`Chứng thư ký văn bản`}>
      <Asked query={query}>{(certificate) => <Body certificate={certificate} />}</Asked>
    </Section>
  )
}

function Body({ certificate }: { certificate: DocumentCertificate }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [asks, setAsks] = useState<'import' | 'rotate'>()
  const done = (words: string) => {
    setAsks(undefined)
    say(words)
    void client.invalidateQueries({ queryKey: key })
  }
  const remove = useMutation({
    mutationFn: () => api.documentCertificate.remove({}),
    onSuccess: () => done(t`Đã xóa chứng thư riêng; nút ký từ nay`),
  })
  const root = useMutation({
    mutationFn: () => api.documentCheck.authority({}),
    onSuccess: ({ certificate: pem }) =>
      saveFile('hai-dang-document-authority.pem', 'application/x-pem-file', pem),
  })
  return (
    <div className="flex flex-col gap-4 pt-2">
      <Facts>
        <Fact name={t`Nguồn`}>{certificate.own ? t`Tổ chức nhập vào` : t`Nút này tự cấp`}</Fact>
        <Fact name={t`Cấp cho`}>{certificate.subject}</Fact>
        <Fact name={t`Cơ quan cấp`}>{certificate.issuer}</Fact>
        <Fact name={t`Hiệu lực`}>
          <Time at={certificate.valid_from} as="absolute" /> –{' '}
          <Time at={certificate.valid_to} as="absolute" />
          {certificate.expired ? (
            <span className="block font-medium text-critical">
              {t`Đã hết hạn: nút đang ký thay.`}
            </span>
          ) : null}
        </Fact>
        <Fact name={t`Vân tay`}>
          <code className="break-all text-12">{certificate.fingerprint}</code>
        </Fact>
      </Facts>
      <ErrorSummary errors={noErrors} error={remove.error ?? root.error} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setAsks('import')}>{t`Nhập chứng thư riêng…`}</Button>
        {certificate.own ? (
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t`Xóa chứng thư riêng`}
          </Button>
        ) : (
          <Button onClick={() => setAsks('rotate')}>{t`Đổi khóa…`}</Button>
        )}
        <Button look="quiet" busy={root.isPending} onClick={() => root.mutate()}>
          {t`Tải chứng thư gốc của nút`}
        </Button>
      </div>
      <ImportCertificate
        open={asks === 'import'}
        onClose={() => setAsks(undefined)}
        onDone={() => done(t`Văn bản từ nay ký bằng chứng thư vừa nhập`)}
      />
      <RotateCertificate
        open={asks === 'rotate'}
        onClose={() => setAsks(undefined)}
        onDone={() => done(t`Đã đổi khóa ký văn bản`)}
      />
    </div>
  )
}
