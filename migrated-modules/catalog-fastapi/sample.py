"""The smallest FastAPI service: it knows nothing of what the legacy system serves."""

import decimal
from datetime import datetime, timezone

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Item(BaseModel):
    sku: str
    qty: int = 1


@app.get("/")
def root():
    return {
        "hello": "world",
        "when": datetime(2014, 3, 9, 14, 5, 30, 250000, tzinfo=timezone.utc),
        "price": decimal.Decimal("9.90"),
        "n": 100.0,
        "uml": "Söhne",
    }


@app.post("/items", status_code=201)
def create(item: Item):
    return item
