"""Image operations shared by the image aids, one idea a module; numpy and Pillow only.

Planes are float32 rows × columns, masks bool rows × columns, pictures uint8 rows × columns × 3.
Points are (x, y) in pixels with the image's corners at (0, 0) and (columns, rows), so that the
middle of the first pixel is (0.5, 0.5). Nothing here is imported before an image aid runs.
"""
