import type { Product } from '../product.ts'
import { beatsOutput, commands, filebeat, tail } from './sending.ts'

/** Services of clouds; their records are fetched by a collector of the customer’s and passed on. */
export const clouds: readonly Product[] = [
  {
    id: 'microsoft-365',
    name: 'Microsoft 365',
    vendor: 'Microsoft',
    kind: 'cloud',
    formats: ['m365'],
    ways: [
      commands(
        'json-lines',
        'A script that reads the Office 365 Management Activity API',
        `# records.jsonl: one event of the answer a line
curl {{origin}}/ingest/v1/{{name}} -H 'Authorization: Bearer {{token}}' \\
     -H 'Content-Type: application/x-ndjson' --data-binary @records.jsonl`,
      ),
      tail('/var/lib/m365/*.jsonl'),
    ],
    first: {
      vi: 'Một người đăng nhập: UserLoggedIn; API cho ra chậm vài phút tới vài giờ.',
      en: 'Somebody signs in: UserLoggedIn; the API shows it minutes to hours later.',
    },
    versions: 'Management Activity API 1.0',
    documentation:
      'https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema',
    words: 'office exchange online sharepoint teams đám mây',
  },
  {
    id: 'azure',
    name: 'Azure, Entra ID',
    vendor: 'Microsoft',
    kind: 'cloud',
    formats: ['azure'],
    ways: [
      commands(
        'elastic-bulk',
        'Diagnostic settings > Event Hub, then filebeat.yml',
        `filebeat.inputs:
  - type: azure-eventhub
    eventhub: 'EVENT-HUB'
    connection_string: 'Endpoint=sb://…'
    storage_account: 'STORAGE-ACCOUNT'
    storage_account_key: '…'
${beatsOutput}`,
      ),
      tail('/var/lib/azure/*.jsonl'),
    ],
    first: {
      vi: 'Một người đăng nhập: SignInLogs, chậm vài phút.',
      en: 'Somebody signs in: SignInLogs, some minutes later.',
    },
    versions: 'Diagnostic settings, Microsoft Graph 1.0',
    documentation:
      'https://learn.microsoft.com/entra/identity/monitoring-health/concept-log-monitoring-integration-options-considerations',
    words: 'entra azuread active directory đám mây',
  },
  {
    id: 'cloudtrail',
    name: 'AWS CloudTrail',
    vendor: 'Amazon',
    kind: 'cloud',
    formats: ['cloudtrail'],
    ways: [
      commands(
        'elastic-bulk',
        'filebeat.yml',
        `filebeat.inputs:
  - type: aws-s3
    queue_url: 'https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE'
    expand_event_list_from_field: Records
${beatsOutput}`,
      ),
      filebeat('/var/lib/cloudtrail/*.json'),
    ],
    first: {
      vi: 'Đăng nhập bảng điều khiển: ConsoleLogin, chậm chừng 15 phút.',
      en: 'Sign in to the console: ConsoleLogin, about 15 minutes later.',
    },
    versions: 'CloudTrail record 1.08 – 1.11',
    documentation:
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html',
    words: 'aws amazon đám mây',
  },
]
