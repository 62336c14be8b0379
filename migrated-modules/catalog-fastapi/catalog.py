"""Products and order reads as a Python team would write them: FastAPI's and pydantic's own forms."""

import base64
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Dict, List, Optional, Union
from uuid import UUID

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()


class Product(BaseModel):
    Sku: str
    Quantity: int
    UnitPrice: Decimal


class Status(Enum):
    PENDING = "Pending"
    SHIPPED = "Shipped"
    CANCELLED = "Cancelled"


class Order(BaseModel):
    OrderID: int
    CustomerName: Optional[str]
    OrderDate: datetime
    ShippedDate: Optional[datetime]
    Status: Status
    Total: Decimal
    RowGuid: UUID
    Lead: timedelta
    RowVersion: Optional[str]
    Lines: List[Product]
    Attributes: Optional[Dict[str, str]]
    Notes: Optional[str]


PRODUCTS = [
    Product(Sku="AB-1", Quantity=5, UnitPrice=Decimal("9.90")),
    Product(Sku="CD-2", Quantity=0, UnitPrice=Decimal("100.0")),
]

ORDERS = {
    10001: Order(
        OrderID=10001,
        CustomerName="O'Brien & Söhne <GmbH>",
        OrderDate=datetime(2014, 3, 9, 14, 5, 30, 250000, tzinfo=timezone.utc),
        Status=Status.PENDING,
        Total=Decimal("1234.50"),
        RowGuid=UUID("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        Lead=timedelta(days=2, hours=3),
        RowVersion=base64.b64encode(bytes([0, 0, 0, 0, 0, 0, 7, 209])).decode(),
        Lines=[Product(Sku="AB-1/2", Quantity=3, UnitPrice=Decimal("411.50"))],
        Attributes={"po": "PO 17", "gift": "no"},
    ),
    10002: Order(
        OrderID=10002,
        CustomerName="山田太郎",
        OrderDate=datetime(2014, 3, 10),
        ShippedDate=datetime(2014, 3, 12, 8, tzinfo=timezone.utc),
        Status=Status.SHIPPED,
        Total=Decimal("0.1"),
        RowGuid=UUID(int=0),
        Lead=timedelta(0),
        Lines=[],
        Notes='line1\nline2 "q" </script>',
    ),
}


@app.get("/api/products", response_model=List[Product])
def products():
    return PRODUCTS


@app.get("/api/products/{sku}", response_model=Product)
def product(sku: str):
    for one in PRODUCTS:
        if one.Sku == sku:
            return one
    raise HTTPException(status_code=404)


@app.get("/Orders.ashx", response_model=Union[List[Order], Order])
def orders(id: Optional[int] = None):
    if id is None:
        return list(ORDERS.values())
    if id not in ORDERS:
        raise HTTPException(status_code=404, detail=f"No order {id}")
    return ORDERS[id]
