<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Rendering">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="0.8" alphaBand="-1" nodataColor="" classificationMin="-2.576" classificationMax="2.576">
   <rasterTransparency/>
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0" minimumValue="-2.576" maximumValue="2.576">
      <item value="-2.576" label="z under -2.576: 1% by the normal law" color="#2166ac" alpha="255"/>
      <item value="-1.96" label="z -2.576 to -1.96: 5%" color="#67a9cf" alpha="255"/>
      <item value="-1.645" label="z -1.96 to -1.645: 10%" color="#d1e5f0" alpha="255"/>
      <item value="1.645" label="z -1.645 to 1.645: no more than chance" color="#f7f7f7" alpha="255"/>
      <item value="1.96" label="z 1.645 to 1.96: 10%" color="#fddbc7" alpha="255"/>
      <item value="2.576" label="z 1.96 to 2.576: 5%" color="#ef8a62" alpha="255"/>
      <item value="inf" label="z 2.576 and more: 1%" color="#b2182b" alpha="255"/>
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
  <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
  <huesaturation saturation="0" colorizeOn="0" grayscaleMode="0"/>
  <rasterresampler maxOversampling="2"/>
 </pipe>
 <blendMode>0</blendMode>
</qgis>
