import type { Product } from '../product.ts'
import { commands, otlpAuthority, rsyslog, tail } from './sending.ts'

const notListed = 'khác other chưa có trong danh sách not listed'

/** What is not listed by name, by the notation it writes. */
export const notations: readonly Product[] = [
  {
    id: 'any-syslog',
    name: 'Syslog',
    vendor: 'RFC 3164, RFC 5424',
    kind: 'any',
    formats: ['syslog'],
    ways: [
      commands('syslog-udp', 'Syslog server of the device', '{{host}}, UDP, {{port}}'),
      commands('syslog-tcp', 'Syslog server of the device', '{{host}}, TCP, {{port}}'),
      commands('syslog-tls', 'Syslog server of the device', '{{host}}, TLS, {{port}}'),
    ],
    first: { vi: 'Đăng nhập lại vào thiết bị.', en: 'Sign in to the device again.' },
    versions: 'RFC 3164, 5424, 6587, 5425',
    documentation: 'https://www.rfc-editor.org/rfc/rfc5424',
    words: `${notListed} router switch`,
  },
  {
    id: 'any-cef',
    name: 'CEF (ArcSight)',
    vendor: 'OpenText',
    kind: 'any',
    formats: ['cef'],
    ways: [
      commands('syslog-udp', 'Syslog server of the device, format CEF', '{{host}}, UDP, {{port}}'),
      commands('syslog-tcp', 'Syslog server of the device, format CEF', '{{host}}, TCP, {{port}}'),
    ],
    first: { vi: 'Bản ghi bắt đầu bằng “CEF:0|”.', en: 'A record that begins with “CEF:0|”.' },
    versions: 'CEF 0 – 1',
    documentation:
      'https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors-8.4/cef-implementation-standard/',
    words: `${notListed} trend micro f5 imperva forcepoint`,
  },
  {
    id: 'any-leef',
    name: 'LEEF (QRadar)',
    vendor: 'IBM',
    kind: 'any',
    formats: ['leef'],
    ways: [
      commands('syslog-udp', 'Syslog server of the device, format LEEF', '{{host}}, UDP, {{port}}'),
      commands('syslog-tcp', 'Syslog server of the device, format LEEF', '{{host}}, TCP, {{port}}'),
    ],
    first: { vi: 'Bản ghi bắt đầu bằng “LEEF:”.', en: 'A record that begins with “LEEF:”.' },
    versions: 'LEEF 1.0, 2.0',
    documentation: 'https://www.ibm.com/docs/en/dsm?topic=leef-overview',
    words: `${notListed} qradar`,
  },
  {
    id: 'any-key-values',
    name: 'key=value',
    vendor: '',
    kind: 'any',
    formats: ['key-values'],
    ways: [
      commands('syslog-udp', 'Syslog server of the device', '{{host}}, UDP, {{port}}'),
      rsyslog(),
    ],
    first: { vi: 'Bản ghi gồm các cặp tên=giá trị.', en: 'A record made of name=value pairs.' },
    versions: '',
    documentation: 'https://brandur.org/logfmt',
    words: `${notListed} logfmt`,
  },
  {
    id: 'any-csv',
    name: 'CSV',
    vendor: 'RFC 4180',
    kind: 'any',
    formats: ['csv'],
    ways: [
      tail('/var/log/app/*.csv'),
      commands('syslog-tcp', 'Syslog server of the device', '{{host}}, TCP, {{port}}'),
    ],
    first: {
      vi: 'Dòng đầu của tệp nêu tên cột, mỗi dòng sau là một bản ghi; hoặc nêu tên cột khi khai báo nguồn.',
      en: 'The first line of the file names the columns, each line below is a record; or the source names them.',
    },
    versions: 'RFC 4180; , ; tab |',
    documentation: 'https://www.rfc-editor.org/rfc/rfc4180',
    words: `${notListed} bảng excel table spreadsheet tsv dấu phẩy comma`,
  },
  {
    id: 'any-json',
    name: 'JSON',
    vendor: '',
    kind: 'any',
    formats: ['json'],
    ways: [
      commands(
        'json-lines',
        'Shell',
        `curl {{origin}}/ingest/v1/{{name}} -H 'Authorization: Bearer {{token}}' \\
     -H 'Content-Type: application/x-ndjson' --data-binary @records.jsonl`,
      ),
      commands(
        'splunk-hec',
        'Shell',
        `curl {{tls:--cacert haidang-authority.pem }}http{{tls:s}}://{{host}}:{{port}}/services/collector \\
     -H 'Authorization: Splunk {{token}}' -d '{"event":"hello"}'`,
      ),
      commands(
        'fluent-forward',
        'Fluent Bit',
        `[OUTPUT]
    Name                 forward
    Match                *
    Host                 {{host}}
    Port                 {{port}}
    Require_ack_response true
    Retry_Limit          False{{tls:
    tls                  on
    tls.ca_file          FOLDER/haidang-authority.pem}}`,
      ),
      commands(
        'otlp-http',
        'OpenTelemetry Collector: config.yaml',
        `exporters:
  otlphttp/haidang:
    logs_endpoint: http{{tls:s}}://{{host}}:{{port}}/v1/logs
    headers: { Authorization: Bearer {{token}} }${otlpAuthority}
    retry_on_failure: { max_elapsed_time: 0 }`,
      ),
    ],
    first: { vi: 'Một dòng là một đối tượng JSON.', en: 'One JSON object a line.' },
    versions: 'RFC 8259',
    documentation: 'https://www.rfc-editor.org/rfc/rfc8259',
    words: `${notListed} api ứng dụng application`,
  },
]
