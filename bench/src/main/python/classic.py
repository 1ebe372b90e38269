"""The classic server: each request's event is handed to Kafka's client, and answered before the broker has it."""
import json
import os

from flask import Flask, request
from kafka import KafkaProducer

app = Flask(__name__)
producer = KafkaProducer(bootstrap_servers=os.environ["BOOTSTRAP_SERVERS"])


@app.route("/purchase_a_sword")
def purchase_a_sword():
    event = {"event_type": "purchase_sword"}
    event.update(request.headers)
    producer.send("events", json.dumps(event).encode())
    return "Sword Purchased!\n"
