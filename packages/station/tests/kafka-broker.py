"""The mock cluster of librdkafka, for tests: prints its brokers, then does what lines on standard input say."""
import json
import sys

from confluent_kafka import Producer

mock = Producer({'test.mock.num.brokers': 2, 'log_level': 0})
brokers = [f'{broker.host}:{broker.port}' for broker in mock.list_topics(timeout=10).brokers.values()]
print(json.dumps(brokers), flush=True)

for line in sys.stdin:
    # {"topic", "partition", "codec", "records": [{"value", "key", "headers"}]}
    order = json.loads(line)
    producer = Producer({
        'bootstrap.servers': ','.join(brokers),
        'compression.codec': order.get('codec', 'none'),
        'linger.ms': 20,
    })
    for record in order['records']:
        value = record.get('value')
        producer.produce(
            order['topic'],
            partition=order.get('partition', 0),
            value=None if value is None else value.encode('utf-8'),
            key=record.get('key'),
            headers=record.get('headers'),
        )
        producer.poll(0)
    left = producer.flush(20)
    print(json.dumps({'sent': len(order['records']) - left}), flush=True)
